package rondo.s3.policy;

import java.util.Locale;
import java.util.Set;

/**
 * The condition keys that S3 knows ("AWS global condition context keys", IAM reference; "Condition
 * keys for Amazon S3", service authorization reference). Some of them never have a value here.
 */
public final class ConditionKeys {
  private static final Set<String> GLOBAL =
      Set.of(
          "aws:calledvia",
          "aws:calledviafirst",
          "aws:calledvialast",
          "aws:currenttime",
          "aws:epochtime",
          "aws:federatedprovider",
          "aws:multifactorauthage",
          "aws:multifactorauthpresent",
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principalisawsservice",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalservicename",
          "aws:principalservicenameslist",
          "aws:principaltype",
          "aws:referer",
          "aws:requestedregion",
          "aws:resourceaccount",
          "aws:resourceorgid",
          "aws:resourceorgpaths",
          "aws:securetransport",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceidentity",
          "aws:sourceip",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:sourceowner",
          "aws:sourcevpc",
          "aws:sourcevpcarn",
          "aws:sourcevpce",
          "aws:tagkeys",
          "aws:tokenissuetime",
          "aws:useragent",
          "aws:userid",
          "aws:username",
          "aws:viaawsservice",
          "aws:vpcsourceip");

  private static final Set<String> OF_LISTS = Set.of("s3:prefix", "s3:delimiter", "s3:max-keys");

  private static final Set<String> OF_OBJECTS =
      Set.of(
          "s3:if-match",
          "s3:if-none-match",
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:objectcreationoperation",
          "s3:requestobjecttagkeys",
          "s3:versionid",
          "s3:x-amz-copy-source",
          "s3:x-amz-metadata-directive",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-storage-class",
          "s3:x-amz-website-redirect-location");

  private static final Set<String> OF_ANY =
      Set.of(
          "s3:accessgrantsinstancearn",
          "s3:accesspointnetworkorigin",
          "s3:authtype",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:locationconstraint",
          "s3:resourceaccount",
          "s3:signatureage",
          "s3:signatureversion",
          "s3:tlsversion",
          "s3:x-amz-acl",
          "s3:x-amz-content-sha256",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-object-ownership");

  private ConditionKeys() {}

  /** Whether S3 knows the key. */
  static boolean isKnown(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return GLOBAL.contains(name)
        || OF_LISTS.contains(name)
        || isOfObjects(key)
        || OF_ANY.contains(name)
        || startsWith(key, "aws:PrincipalTag/")
        || startsWith(key, "aws:RequestTag/")
        || startsWith(key, "aws:ResourceTag/")
        || startsWith(key, "s3:BucketTag/");
  }

  /** Whether only listings of keys give the key a value. */
  public static boolean isOfLists(String key) {
    return OF_LISTS.contains(key.toLowerCase(Locale.ROOT));
  }

  /** Whether only requests about objects give the key a value. */
  public static boolean isOfObjects(String key) {
    return OF_OBJECTS.contains(key.toLowerCase(Locale.ROOT))
        || startsWith(key, "s3:ExistingObjectTag/")
        || startsWith(key, "s3:RequestObjectTag/");
  }

  private static boolean startsWith(String key, String prefix) {
    return key.length() > prefix.length() && key.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
