package rondo.server.cli.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.BackupKeys;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.StartException;
import rondo.server.storage.PrivateFile;
import tools.jackson.databind.JsonNode;

/** Takes the master keys out of a backup, for a cluster that is to get it. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the master keys of a backup to a file for 'rondo server --master-keys'.",
      "The keys are opened here: the node sees them sealed only."
    })
public final class MasterKeysCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "TARGET", description = "As of 'rondo backup'.")
  String target = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Gets the keys; must not exist.")
  Path file = Path.of("");

  @Mixin S3Options s3 = new S3Options();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private half of the recovery key.")
  Path key = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "",
      description = "The backup's id. Default: the newest")
  String id = "";

  @Override
  public Integer call() {
    if (Files.exists(file)) {
      throw new StartException(file + " is there already");
    }
    RecoveryKey.Opens opens = RecoveryKey.opens(JobWatch.key(key));
    var order = new BackupOrder(target, id, "", 0, "", "", s3.of(target));
    JsonNode answer = admin.read("POST", "/v1/backups/keys", JobWatch.body(order));
    byte[] sealed = Base64.getDecoder().decode(answer.path("sealed").asString(""));
    String backup = answer.path("backup").asString("");
    PrivateFile.write(file, BackupKeys.text(opens, backup, sealed));
    if (admin.isJson()) {
      admin.out().println(answer);
      admin.out().flush();
    }
    admin.say("%s has the master keys of backup %s".formatted(file, backup));
    return 0;
  }
}
