/**
 * Lifecycle rules: their documents, and a pure function that finds the action due for a version or
 * an upload.
 *
 * <ul>
 *   <li>{@link BucketLifecycle} has the operations on a bucket's rules.
 *   <li>{@link LifecycleConfiguration} is the document of GetBucketLifecycleConfiguration.
 *   <li>{@link LifecycleReader} reads and checks the document of PutBucketLifecycleConfiguration.
 *   <li>{@link FilterReader} reads a rule's filter.
 *   <li>{@link ActionReader} reads a rule's actions.
 *   <li>{@link TransitionReader} reads a rule's transitions.
 *   <li>{@link RuleNumbers} reads the numbers in rules.
 *   <li>{@link MinimumSize} is the least size of objects that change their storage class.
 *   <li>{@link StorageClasses} has the order of storage classes.
 *   <li>{@link DayLength} is the length of a day.
 *   <li>{@link RuleSubject} is a version or an upload that rules judge.
 *   <li>{@link RuleFilters} decides whether a rule's filter matches a subject.
 *   <li>{@link Transitions} decides the storage class that an object moves to.
 *   <li>{@link LifecycleRules} finds the action due for a subject by the enabled rules of a bucket.
 *   <li>{@link DueAction} is that action.
 *   <li>{@link RuleScope} has the prefixes and times at which rules can find something due.
 *   <li>{@link ExpirationHeaders} makes the headers that announce the end of an object or upload.
 * </ul>
 */
@NullMarked
package rondo.s3.lifecycle;

import org.jspecify.annotations.NullMarked;
