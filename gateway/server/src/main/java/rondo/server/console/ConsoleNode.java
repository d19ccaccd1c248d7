package rondo.server.console;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the console has of its node.
 *
 * @param name of the node
 * @param links signs links to S3
 * @param status whether all is well, for anyone; null where that is for nobody
 */
public record ConsoleNode(
    String name,
    String region,
    AdminCalls admin,
    ShareLinks links,
    @Nullable Supplier<Map<String, Object>> status) {}
