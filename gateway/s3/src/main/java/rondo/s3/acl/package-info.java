/**
 * Grants of buckets and objects.
 *
 * <ul>
 *   <li>{@link rondo.s3.acl.AclGrants}: evaluates ACLs and ownership of rows
 *   <li>{@link rondo.s3.acl.AclWriter}: the ACLs of what requests make and change
 *   <li>{@link rondo.s3.acl.RequestedAcl}: the ACL that PutBucketAcl and PutObjectAcl set
 *   <li>{@code GrantReader}: reads grants from headers or a document
 *   <li>{@code CannedAcl}: the lists of grants that have a name
 *   <li>{@link rondo.s3.acl.ObjectOwnership}: the settings of object ownership
 *   <li>{@code AccessControlPolicy}: the document of the ACL operations
 *   <li>{@link rondo.s3.acl.AccountDirectory}: finds the accounts that grants name
 *   <li>{@link rondo.s3.acl.OwnerNames}: the names of accounts in one answer
 * </ul>
 */
@NullMarked
package rondo.s3.acl;

import org.jspecify.annotations.NullMarked;
