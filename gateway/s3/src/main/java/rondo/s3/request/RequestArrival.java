package rondo.s3.request;

import java.time.Instant;

/**
 * The circumstances of a request's arrival.
 *
 * @param id the request's id in its answer, the log and the error document
 * @param time time at which its head had arrived
 * @param client the client's end of its connection
 */
public record RequestArrival(String id, Instant time, ClientConnection client) {}
