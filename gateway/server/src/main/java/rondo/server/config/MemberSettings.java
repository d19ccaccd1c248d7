package rondo.server.config;

import java.util.Set;
import rondo.server.config.Configuration.Role;

/**
 * The node as a member of its cluster.
 *
 * @param capacityBytes 0 for the size of the disks
 * @param copyBytesPerSecond the rate at which it takes over data when the layout changes; 0 for no
 *     limit
 */
public record MemberSettings(
    String zone, long capacityBytes, long copyBytesPerSecond, Set<Role> roles) {}
