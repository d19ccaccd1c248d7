package rondo.s3.acl;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.Grant;
import rondo.s3.xml.Owner;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/**
 * The document of the ACL operations, as answers write it; {@link RequestDocument} is its form in
 * requests.
 */
public record AccessControlPolicy(Owner owner, AccessControlList accessControlList) {
  private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";

  record AccessControlList(List<GrantElement> grant) {}

  record GrantElement(Grantee grantee, String permission) {}

  record Grantee(
      @JacksonXmlProperty(isAttribute = true, namespace = SCHEMA, localName = "type") String type,
      @JsonProperty("ID") @Nullable String id,
      @Nullable String displayName,
      @JsonProperty("URI") @Nullable String uri) {}

  record RequestDocument(@Nullable RequestOwner owner, @Nullable RequestGrants accessControlList) {
    /** Whether it grants FULL_CONTROL to {@code account}, its owner, and nothing else. */
    boolean isOnly(String account) {
      List<RequestGrant> grants = accessControlList == null ? null : accessControlList.grant();
      return owner != null
          && account.equals(owner.id())
          && grants != null
          && grants.size() == 1
          && grants.getFirst().isAll(account);
    }
  }

  record RequestOwner(@JsonProperty("ID") @Nullable String id) {}

  record RequestGrants(@Nullable List<RequestGrant> grant) {}

  record RequestGrant(@Nullable RequestGrantee grantee, @Nullable String permission) {
    boolean isAll(String account) {
      return grantee != null
          && account.equals(grantee.id())
          && Grant.Permission.FULL_CONTROL.name().equals(permission);
    }
  }

  record RequestGrantee(
      @JsonProperty("xsi:type") @Nullable String type,
      @JsonProperty("ID") @Nullable String id,
      @JsonProperty("URI") @Nullable String uri,
      @Nullable String emailAddress) {}

  /**
   * The document for an ACL.
   *
   * @param acl null when the owner alone has FULL_CONTROL
   */
  public static AccessControlPolicy of(String owner, @Nullable Acl acl, OwnerNames owners) {
    Acl shown = acl == null ? CannedAcl.of(CannedAcl.PRIVATE, owner, owner) : acl;
    return new AccessControlPolicy(
        owners.of(owner),
        new AccessControlList(
            owners.inOrder(shown.getGrantsList()).stream()
                .map(
                    grant -> new GrantElement(grantee(grant, owners), grant.getPermission().name()))
                .toList()));
  }

  private static Grantee grantee(Grant grant, OwnerNames owners) {
    if (grant.getKind() == Grant.Kind.GROUP) {
      return new Grantee("Group", null, null, grant.getGrantee());
    }
    Owner account = owners.of(grant.getGrantee());
    return new Grantee("CanonicalUser", account.id(), account.displayName(), null);
  }
}
