package rondo.s3.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PublicAccessBlock;
import rondo.s3.auth.Identity;

final class AclGrantsTest {
  private static final AclGrants COMPAT = new AclGrants(true, "root");
  private static final AclGrants AWS = new AclGrants(false, "root");

  @ParameterizedTest
  @CsvSource({
    "private,            ann,  FULL_CONTROL, true",
    "private,            root, FULL_CONTROL, true",
    "private,            bob,  READ,         false",
    "private,            ,     READ,         false",
    "public-read,        bob,  READ,         true",
    "public-read,        ,     READ,         true",
    "public-read,        ,     WRITE,        false",
    "public-read,        ,     READ_ACP,     false",
    "public-read-write,  ,     WRITE,        true",
    "public-read-write,  bob,  WRITE_ACP,    false",
    "authenticated-read, bob,  READ,         true",
    "authenticated-read, ,     READ,         false",
  })
  void a_canned_acl_allows_the_access_that_it_names(
      String canned, @Nullable String caller, Grant.Permission wanted, boolean allowed) {
    BucketRow bucket = bucket().setAcl(CannedAcl.of(canned, "ann", "ann")).build();
    assertThat(COMPAT.allows(identity(caller), bucket, wanted)).isEqualTo(allowed);
  }

  @Test
  void an_owner_without_grants_may_still_read_and_change_them() {
    BucketRow bucket = bucket().setAcl(Acl.getDefaultInstance()).build();
    assertThat(COMPAT.allows(identity("ann"), bucket, Grant.Permission.READ_ACP)).isTrue();
    assertThat(COMPAT.allows(identity("ann"), bucket, Grant.Permission.WRITE_ACP)).isTrue();
    assertThat(COMPAT.allows(identity("ann"), bucket, Grant.Permission.READ)).isFalse();
  }

  @Test
  void an_object_without_an_acl_is_readable_by_its_owner_and_not_by_the_buckets() {
    ObjectRow object = ObjectRow.newBuilder().setOwner("bob").build();
    BucketRow bucket = bucket().build();
    assertThat(COMPAT.allows(identity("bob"), bucket, object, Grant.Permission.READ)).isTrue();
    assertThat(COMPAT.allows(identity("ann"), bucket, object, Grant.Permission.READ)).isFalse();
  }

  @Test
  void in_a_bucket_without_acls_only_its_owner_has_access() {
    ObjectRow object =
        ObjectRow.newBuilder()
            .setOwner("bob")
            .setAcl(CannedAcl.of("public-read", "bob", "ann"))
            .build();
    BucketRow bucket = bucket().build();
    assertThat(AWS.allows(identity("ann"), bucket, object, Grant.Permission.READ)).isTrue();
    assertThat(AWS.allows(identity("bob"), bucket, object, Grant.Permission.READ)).isFalse();
    assertThat(AWS.allows(null, bucket, object, Grant.Permission.READ)).isFalse();
  }

  @Test
  void grants_to_groups_count_unless_the_bucket_ignores_public_acls() {
    BucketRow bucket =
        bucket()
            .setObjectOwnership("ObjectWriter")
            .setAcl(CannedAcl.of("public-read", "ann", "ann"))
            .build();
    assertThat(AWS.allows(null, bucket, Grant.Permission.READ)).isTrue();
    BucketRow ignoring =
        bucket.toBuilder()
            .setPublicAccessBlock(PublicAccessBlock.newBuilder().setIgnorePublicAcls(true))
            .build();
    assertThat(AWS.allows(null, ignoring, Grant.Permission.READ)).isFalse();
    assertThat(AWS.allows(identity("ann"), ignoring, Grant.Permission.READ)).isTrue();
  }

  private static BucketRow.Builder bucket() {
    return BucketRow.newBuilder().setOwner("ann");
  }

  private static @Nullable Identity identity(@Nullable String name) {
    return name == null ? null : new Identity(name, name, "", name, "");
  }
}
