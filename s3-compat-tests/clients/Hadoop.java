import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/**
 * Hadoop's S3A: files and folders, and its committers. Arguments: endpoint, bucket, a local folder.
 */
final class Hadoop {
  private static final byte[] LARGE = new byte[13 << 20];
  private static int jobs;

  public static void main(String[] arguments) throws Exception {
    new Random(5).nextBytes(LARGE);
    Path root = new Path("s3a://" + arguments[1] + "/");
    Configuration settings = settings(arguments[0], arguments[2]);
    try (FileSystem s3a = FileSystem.newInstance(root.toUri(), settings)) {
      files(s3a, root);
    }
    for (String committer : List.of("magic", "directory", "partitioned")) {
      settings.set("fs.s3a.committer.name", committer);
      try (FileSystem s3a = FileSystem.newInstance(root.toUri(), settings)) {
        commits(s3a, settings, new Path(root, committer));
        aborts(s3a, settings, new Path(root, committer + "-aborted"));
      }
    }
    System.out.println("all is well");
    System.exit(0); // Not after a minute, when the pools of its threads are idle.
  }

  private static Configuration settings(String endpoint, String folder) {
    var settings = new Configuration(true);
    settings.set("fs.s3a.endpoint", endpoint);
    settings.set("fs.s3a.endpoint.region", "us-east-1");
    settings.set("fs.s3a.path.style.access", "true");
    settings.set("fs.s3a.connection.ssl.enabled", "false");
    settings.set("fs.s3a.access.key", System.getenv("AWS_ACCESS_KEY_ID"));
    settings.set("fs.s3a.secret.key", System.getenv("AWS_SECRET_ACCESS_KEY"));
    settings.set("fs.s3a.multipart.size", "5M");
    settings.set("fs.s3a.multipart.threshold", "5M");
    settings.set("fs.s3a.attempts.maximum", "3");
    settings.set("fs.s3a.buffer.dir", folder);
    settings.set("fs.s3a.committer.staging.conflict-mode", "append");
    settings.set("fs.s3a.committer.staging.unique-filenames", "false");
    settings.set("fs.s3a.committer.staging.tmp.path", "file://" + folder + "/staging");
    settings.set("hadoop.tmp.dir", folder);
    settings.set(
        "mapreduce.outputcommitter.factory.scheme.s3a",
        "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
    return settings;
  }

  private static void files(FileSystem s3a, Path root) throws IOException {
    Path folder = new Path(root, "folder/a b");
    check(s3a.mkdirs(folder) && s3a.getFileStatus(folder).isDirectory(), "a folder is made");
    write(s3a, new Path(folder, "large"), LARGE);
    write(s3a, new Path(folder, "ü+%41=.txt"), "small".getBytes());
    check(Arrays.equals(read(s3a, new Path(folder, "large")), LARGE), "what is written is read");
    try (var in = s3a.open(new Path(folder, "large"))) {
      in.seek(LARGE.length - 3);
      check(in.read() == (LARGE[LARGE.length - 3] & 0xff), "a stream is read from anywhere");
      var some = new byte[1000];
      in.readFully(7 << 20, some);
      check(
          Arrays.equals(some, Arrays.copyOfRange(LARGE, 7 << 20, (7 << 20) + 1000)),
          "and by position");
    }
    try (var out = s3a.create(new Path(folder, "large"), false)) {
      check(false, "nothing is overwritten unasked");
    } catch (IOException expected) {
      check(
          expected instanceof org.apache.hadoop.fs.FileAlreadyExistsException,
          "nothing is overwritten unasked");
    }
    Path moved = new Path(root, "moved");
    check(s3a.rename(folder, moved) && !s3a.exists(folder), "a folder is renamed");
    check(names(s3a, moved).equals(List.of("large", "ü+%41=.txt")), "with all that is in it");
    check(Arrays.equals(read(s3a, new Path(moved, "large")), LARGE), "which is what it was");
    check(s3a.delete(moved, true) && !s3a.exists(moved), "a folder is deleted");
    check(
        s3a.delete(new Path(root, "folder"), true) && names(s3a, root).isEmpty(),
        "and nothing is left");
  }

  /** Of two tasks, one fails at first; what is written shows when the job is committed, once. */
  private static void commits(FileSystem s3a, Configuration settings, Path to) throws IOException {
    JobID job = new JobID("202611210000", ++jobs);
    TaskAttemptContext failed = attempt(settings, job, 0, 0);
    PathOutputCommitter first = committer(to, failed);
    first.setupJob(failed);
    task(first, failed, "k=1/part-0", "wrong".getBytes());
    first.abortTask(failed);
    for (int n = 0; n < 2; n++) {
      TaskAttemptContext attempt = attempt(settings, job, n, 1);
      PathOutputCommitter committer = committer(to, attempt);
      task(committer, attempt, "k=1/part-" + n, Arrays.copyOf(LARGE, n == 0 ? LARGE.length : 99));
      check(committer.needsTaskCommit(attempt), "there is something to commit");
      committer.commitTask(attempt);
      check(
          !s3a.exists(new Path(to, "k=1/part-" + n)), "nothing shows before the job is committed");
    }
    JobContext done = new JobContextImpl(settings, job);
    committer(to, attempt(settings, job, 0, 1)).commitJob(done);
    List<String> parts = names(s3a, new Path(to, "k=1"));
    check(
        parts.equals(List.of("part-0", "part-1")),
        "both parts show in " + to + ", and not " + parts);
    check(Arrays.equals(read(s3a, new Path(to, "k=1/part-0")), LARGE), "as they were written");
    check(
        s3a.getFileStatus(new Path(to, "_SUCCESS")).getLen() > 0,
        "and the job tells of its success");
    check(!s3a.exists(new Path(to, "__magic")), "nothing else is left");
  }

  private static void aborts(FileSystem s3a, Configuration settings, Path to) throws IOException {
    JobID job = new JobID("202611210000", ++jobs);
    TaskAttemptContext attempt = attempt(settings, job, 0, 0);
    PathOutputCommitter committer = committer(to, attempt);
    committer.setupJob(attempt);
    task(committer, attempt, "k=2/part-0", LARGE);
    committer.commitTask(attempt);
    committer.abortJob(new JobContextImpl(settings, job), JobStatus.State.FAILED);
    check(!s3a.exists(to) || names(s3a, to).isEmpty(), "a job that is given up leaves nothing");
  }

  private static TaskAttemptContext attempt(
      Configuration settings, JobID job, int task, int attempt) {
    var id = new TaskAttemptID(new TaskID(job, TaskType.MAP, task), attempt);
    var copy = new Configuration(settings);
    copy.set("mapreduce.job.id", job.toString());
    copy.set("mapreduce.task.attempt.id", id.toString());
    return new TaskAttemptContextImpl(copy, id);
  }

  private static PathOutputCommitter committer(Path to, TaskAttemptContext attempt)
      throws IOException {
    return PathOutputCommitterFactory.createCommitter(to, attempt);
  }

  private static void task(
      PathOutputCommitter committer, TaskAttemptContext attempt, String name, byte[] bytes)
      throws IOException {
    committer.setupTask(attempt);
    Path file = new Path(committer.getWorkPath(), name);
    write(file.getFileSystem(attempt.getConfiguration()), file, bytes);
  }

  private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (var out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  private static byte[] read(FileSystem files, Path path) throws IOException {
    try (var in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private static List<String> names(FileSystem files, Path folder) throws IOException {
    return Stream.of(files.listStatus(folder))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
