package rondo.gateway.policy;

/**
 * May this be done?
 *
 * @param action such as {@code s3:GetObject}
 * @param resource its ARN
 */
public record Question(Requester requester, String action, String resource, Context context) {}
