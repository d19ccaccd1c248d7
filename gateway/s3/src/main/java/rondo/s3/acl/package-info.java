/**
 * ACLs and ownership of buckets and objects.
 *
 * <ul>
 *   <li>{@link AclGrants} evaluates ACLs and ownership.
 *   <li>{@link AclWriter} sets the owners and ACLs of what requests create and change.
 *   <li>{@link RequestedAcl} finds the ACL that PutBucketAcl and PutObjectAcl set.
 *   <li>{@link GrantReader} reads grants from headers or a document.
 *   <li>{@link CannedAcl} makes the ACLs that have a name.
 *   <li>{@link ObjectOwnership} names the settings of object ownership.
 *   <li>{@link AccessControlPolicy} is the document of the ACL operations.
 *   <li>{@link AccountDirectory} finds the accounts that grants name.
 *   <li>{@link OwnerNames} looks up the names of accounts for one answer.
 * </ul>
 */
@NullMarked
package rondo.s3.acl;

import org.jspecify.annotations.NullMarked;
