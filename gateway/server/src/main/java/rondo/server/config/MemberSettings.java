package rondo.server.config;

import java.time.Duration;
import java.util.Set;
import rondo.server.config.Configuration.Role;

/**
 * The node as a member of its cluster.
 *
 * @param capacityBytes 0 for the size of the disks
 * @param copyBytesPerSecond the rate at which it takes over data when the layout changes; 0 for no
 *     limit
 * @param stopWait how long requests in work may go on when the node is told to stop
 */
public record MemberSettings(
    String zone, long capacityBytes, long copyBytesPerSecond, Set<Role> roles, Duration stopWait) {}
