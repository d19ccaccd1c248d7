package rondo.s3.logging;

import rondo.s3.audit.AuditTrail;

/**
 * Who is told of a gateway's requests.
 *
 * @param observer hears of each request that has ended
 * @param access takes the line of each request
 * @param audit takes the requests that are audited
 * @param timed whether the observer wants to know where each request's time went
 */
public record RequestRecords(
    RequestObserver observer, AccessRecorder access, AuditTrail audit, boolean timed) {}
