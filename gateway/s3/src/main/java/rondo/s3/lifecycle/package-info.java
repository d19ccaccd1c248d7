/**
 * Lifecycle rules: their documents, and a pure function that says what is due.
 *
 * <ul>
 *   <li>{@link rondo.s3.lifecycle.BucketLifecycle}: the operations on a bucket's rules
 *   <li>{@code LifecycleConfiguration}: the document that tells the rules
 *   <li>{@code LifecycleReader}: reads and checks the document of PutBucketLifecycleConfiguration
 *   <li>{@code FilterReader}: reads a rule's filter
 *   <li>{@code ActionReader}: reads a rule's actions
 *   <li>{@code TransitionReader}: reads a rule's transitions
 *   <li>{@code RuleNumbers}: reads the numbers of rules
 *   <li>{@code MinimumSize}: the least size of objects that change their class
 *   <li>{@code StorageClasses}: the order of storage classes
 *   <li>{@link rondo.s3.lifecycle.DayLength}: the length of a day
 *   <li>{@link rondo.s3.lifecycle.LifecycleRules}: the enabled rules of a bucket, and what is due
 *       by them
 *   <li>{@link rondo.s3.lifecycle.RuleScope}: the prefixes and times at which rules find something
 *   <li>{@code RuleFilters}: decides whether a rule is for a subject
 *   <li>{@link rondo.s3.lifecycle.RuleSubject}: a version or an upload that rules are for
 *   <li>{@link rondo.s3.lifecycle.DueAction}: the action that is due for a subject
 *   <li>{@code Transitions}: the class that an object moves to
 *   <li>{@link rondo.s3.lifecycle.ExpirationHeaders}: the headers that announce an end
 * </ul>
 */
@NullMarked
package rondo.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
