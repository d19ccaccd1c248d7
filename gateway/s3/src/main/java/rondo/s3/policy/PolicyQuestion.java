package rondo.s3.policy;

/**
 * May this be done?
 *
 * @param action such as {@code s3:GetObject}
 * @param resource its ARN
 */
public record PolicyQuestion(
    Requester requester, String action, String resource, PolicyContext context) {}
