package rondo.server.config;

import java.util.Set;
import rondo.server.config.Configuration.Role;

/**
 * What a node is to its cluster.
 *
 * @param capacityBytes 0: as large as the disks are
 * @param copyBytesPerSecond how much it takes over when the layout changes; 0: as fast as it goes
 */
public record MemberSettings(
    String zone, long capacityBytes, long copyBytesPerSecond, Set<Role> roles) {}
