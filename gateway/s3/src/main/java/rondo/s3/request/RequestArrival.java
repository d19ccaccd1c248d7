package rondo.s3.request;

import java.time.Instant;

/**
 * A request as it came in.
 *
 * @param id under which the answer, the log and the error document know it
 * @param time of its head
 * @param client the other end of its connection
 */
public record RequestArrival(String id, Instant time, ClientConnection client) {}
