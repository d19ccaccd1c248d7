package rondo.server.cli.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import rondo.server.config.StartException;

/** Reads the lines of an answer that comes bit by bit, and notices a node that hangs. */
final class AnswerLines {
  /** The node says something every few seconds. */
  private static final long SILENCE_SECONDS = 15;

  private static final int AHEAD = 64;
  private static final String END = "";

  private final LinkedBlockingQueue<String> read = new LinkedBlockingQueue<>(AHEAD);
  private final BufferedReader lines;
  private volatile boolean broken;

  AnswerLines(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** An answer that is a short text; as much of it as has come when it breaks off. */
  static String whole(InputStream body) {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Gives each line, until the last one or an interrupt.
   *
   * @param who the node, for messages
   * @throws StartException when the node falls silent, or breaks off
   */
  void give(String who, Consumer<String> taker) {
    Thread reader = Thread.ofVirtual().name("answer").start(this::read);
    try {
      while (true) {
        String line = read.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          throw new StartException(
              "the node at " + who + " says nothing any more: its process is stopped, or gone");
        }
        if (line.equals(END)) {
          break;
        }
        taker.accept(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.interrupt();
    }
    if (broken) {
      throw new StartException("the node at " + who + " broke off: does it still run?");
    }
  }

  private void read() {
    try {
      lines.lines().filter(line -> !line.isEmpty()).forEach(this::put);
    } catch (UncheckedIOException e) {
      broken = true;
    }
    put(END);
  }

  private void put(String line) {
    try {
      read.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
