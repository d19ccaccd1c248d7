package rondo.s3.acl;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.Grant;
import rondo.s3.xml.Owner;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/** The document of the ACL operations, as it is written; {@link Given} is how it is read. */
public record AccessControlPolicy(Owner owner, AccessControlList accessControlList) {
  private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";

  record AccessControlList(List<Granted> grant) {}

  record Granted(Grantee grantee, String permission) {}

  record Grantee(
      @JacksonXmlProperty(isAttribute = true, namespace = SCHEMA, localName = "type") String type,
      @JsonProperty("ID") @Nullable String id,
      @Nullable String displayName,
      @JsonProperty("URI") @Nullable String uri) {}

  record Given(@Nullable GivenOwner owner, @Nullable GivenList accessControlList) {
    /** Whether it gives everything to {@code account} and nothing to others. */
    boolean isOnly(String account) {
      List<GivenGrant> grants = accessControlList == null ? null : accessControlList.grant();
      return owner != null
          && account.equals(owner.id())
          && grants != null
          && grants.size() == 1
          && grants.getFirst().isAll(account);
    }
  }

  record GivenOwner(@JsonProperty("ID") @Nullable String id) {}

  record GivenList(@Nullable List<GivenGrant> grant) {}

  record GivenGrant(@Nullable GivenGrantee grantee, @Nullable String permission) {
    boolean isAll(String account) {
      return grantee != null
          && account.equals(grantee.id())
          && Grant.Permission.FULL_CONTROL.name().equals(permission);
    }
  }

  record GivenGrantee(
      @JsonProperty("xsi:type") @Nullable String type,
      @JsonProperty("ID") @Nullable String id,
      @JsonProperty("URI") @Nullable String uri,
      @Nullable String emailAddress) {}

  /**
   * @param acl null: all to the owner
   */
  public static AccessControlPolicy of(String owner, @Nullable Acl acl, OwnerNames owners) {
    Acl shown = acl == null ? CannedAcl.of(CannedAcl.PRIVATE, owner, owner) : acl;
    return new AccessControlPolicy(
        owners.of(owner),
        new AccessControlList(
            owners.inOrder(shown.getGrantsList()).stream()
                .map(grant -> new Granted(grantee(grant, owners), grant.getPermission().name()))
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
