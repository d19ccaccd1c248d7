package rondo.server.cli.bucket;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;

/** Lists the deleted buckets that can come back, and brings one back. */
@Command(
    name = "undelete",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a deleted bucket back that had an undelete window; without a name lists those that"
          + " can come back.",
      "It comes back with its settings and without objects, which 'bucket restore' brings back."
    })
final class BucketUndeleteCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(
      arity = "0..1",
      paramLabel = "BUCKET",
      defaultValue = "",
      description = "The bucket's name.")
  String name = "";

  @Override
  public Integer call() {
    if (name.isEmpty()) {
      admin.showList(
          "/v1/deleted-buckets",
          "buckets",
          all ->
              all.forEach(it ->
                  admin.say(
                      "%-40s kept until %s"
                          .formatted(
                              it.path("name").asString(""), it.path("keptUntil").asString("")))));
      return 0;
    }
    admin.show(
        "POST",
        "/v1/deleted-buckets/" + name + "/restore",
        "",
        _ ->
            admin.say(
                "The bucket is back. 'rondo bucket restore %s --as-of TIME' brings its objects back."
                    .formatted(name)));
    return 0;
  }
}
