package rondo.s3.policy;

/**
 * The question that a policy decides: whether a requester may do an action on a resource.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of the resource
 * @param context the request's values of condition keys
 */
public record PolicyQuestion(
    Requester requester, String action, String resource, PolicyContext context) {}
