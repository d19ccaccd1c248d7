package rondo.s3.acl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.Grant;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;

/** Grants as a request's headers or document name them, to accounts that are there. */
final class GrantReader {
  private static final int MOST_GRANTS = 100;
  private static final Set<String> GROUPS =
      Set.of(
          AclGrants.ALL_USERS,
          AclGrants.AUTHENTICATED_USERS,
          "http://acs.amazonaws.com/groups/s3/LogDelivery");

  private static final Map<String, Grant.Permission> HEADERS = headers();

  private final AccountDirectory accounts;

  GrantReader(AccountDirectory accounts) {
    this.accounts = accounts;
  }

  private static Map<String, Grant.Permission> headers() {
    var headers = new LinkedHashMap<String, Grant.Permission>();
    headers.put("x-amz-grant-read", Grant.Permission.READ);
    headers.put("x-amz-grant-write", Grant.Permission.WRITE);
    headers.put("x-amz-grant-read-acp", Grant.Permission.READ_ACP);
    headers.put("x-amz-grant-write-acp", Grant.Permission.WRITE_ACP);
    headers.put("x-amz-grant-full-control", Grant.Permission.FULL_CONTROL);
    return headers;
  }

  static boolean hasGrantHeaders(S3Request request) {
    return HEADERS.keySet().stream().anyMatch(name -> request.header(name) != null);
  }

  /**
   * What the headers say; null when they say nothing.
   *
   * @throws S3Exception InvalidArgument, InvalidRequest, UnresolvableGrantByEmailAddress
   */
  @Nullable Acl ofHeaders(S3Request request, String owner, String bucketOwner) {
    String canned = request.header(CannedAcl.HEADER);
    if (!hasGrantHeaders(request)) {
      return canned == null ? null : CannedAcl.of(canned, owner, bucketOwner);
    }
    if (canned != null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    var grants = new ArrayList<Grant>();
    HEADERS.forEach((name, permission) -> {
      String value = request.header(name);
      for (String one : value == null ? new String[0] : value.split(",", -1)) {
        grants.add(ofHeader(name, one.strip(), permission));
      }
    });
    return acl(grants);
  }

  private Grant ofHeader(String header, String text, Grant.Permission permission) {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? "" : text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    return switch (kind) {
      case "id" -> account("id", value, permission);
      case "uri" -> group("uri", value, permission);
      case "emailAddress" -> email(value, permission);
      default -> throw S3Exception.argument(header, text, "Argument format not recognized");
    };
  }

  /**
   * What the document says.
   *
   * @param whole the document's text, which alone tells an empty list from none
   * @throws S3Exception MalformedACLError, AccessDenied when it names another owner, and what
   *     {@link #ofHeaders} throws
   */
  Acl ofDocument(AccessControlPolicy.Given document, String whole, String owner) {
    AccessControlPolicy.GivenOwner named = document.owner();
    if (named == null || named.id() == null || !whole.contains("AccessControlList")) {
      throw new S3Exception(S3Error.MALFORMED_ACL_ERROR);
    }
    if (!owner.equals(named.id())) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    AccessControlPolicy.GivenList list = document.accessControlList();
    List<AccessControlPolicy.GivenGrant> given =
        list == null ? List.of() : Objects.requireNonNullElse(list.grant(), List.of());
    return acl(given.stream().map(this::ofElement).toList());
  }

  private Grant ofElement(AccessControlPolicy.GivenGrant grant) {
    AccessControlPolicy.GivenGrantee grantee = grant.grantee();
    Grant.Permission permission = permission(grant.permission());
    if (grantee == null || permission == null) {
      throw new S3Exception(S3Error.MALFORMED_ACL_ERROR);
    }
    String id = grantee.id();
    String uri = grantee.uri();
    String email = grantee.emailAddress();
    if (id != null) {
      return account("CanonicalUser/ID", id, permission);
    }
    if (uri != null) {
      return group("Group/URI", uri, permission);
    }
    if (email != null) {
      return email(email, permission);
    }
    throw new S3Exception(S3Error.MALFORMED_ACL_ERROR);
  }

  private static Grant.@Nullable Permission permission(@Nullable String name) {
    return HEADERS.values().stream()
        .filter(permission -> permission.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Groups first, as S3 gives them back. */
  private static Acl acl(List<Grant> grants) {
    if (grants.size() > MOST_GRANTS) {
      throw new S3Exception(S3Error.MALFORMED_ACL_ERROR);
    }
    return Acl.newBuilder()
        .addAllGrants(grants.stream().filter(g -> g.getKind() == Grant.Kind.GROUP).toList())
        .addAllGrants(grants.stream().filter(g -> g.getKind() != Grant.Kind.GROUP).toList())
        .build();
  }

  private Grant account(String argument, String id, Grant.Permission permission) {
    if (accounts.displayName(id) == null) {
      throw S3Exception.argument(argument, id, "Invalid id");
    }
    return CannedAcl.account(id, permission);
  }

  private static Grant group(String argument, String uri, Grant.Permission permission) {
    if (!GROUPS.contains(uri)) {
      throw S3Exception.argument(argument, uri, "Invalid group uri");
    }
    return CannedAcl.group(uri, permission);
  }

  private Grant email(String email, Grant.Permission permission) {
    String id = accounts.accountOfEmail(email);
    if (id == null) {
      throw new S3Exception(S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS);
    }
    return CannedAcl.account(id, permission);
  }
}
