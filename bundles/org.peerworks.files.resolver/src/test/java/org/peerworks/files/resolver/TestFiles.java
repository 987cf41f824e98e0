package org.peerworks.files.resolver;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.peerworks.files.api.FileAccessException;

/** A worker's files: its data directory, two mounts, and a secret outside of them. */
final class TestFiles implements AutoCloseable {

  final Path top;
  final Path lab;
  final Path archive;
  final Path secret;
  final MountTable table;
  final MountedFileResolver resolver;
  final WorkerMounts mounts;

  TestFiles(Path top) throws IOException {
    this(top, new Settings());
  }

  TestFiles(Path top, Settings settings) throws IOException {
    this.top = top.toRealPath();
    lab = Files.createDirectories(this.top.resolve("mnt/lab"));
    archive = Files.createDirectories(this.top.resolve("mnt/archive"));
    secret = Files.createDirectories(this.top.resolve("secret"));
    Files.writeString(secret.resolve("key.slp"), "secret");
    List<String> lines = new ArrayList<>(List.of("lab=" + lab, "archive=" + archive));
    lines.addAll(settings.more);
    settings.lines = lines.toArray(String[]::new);
    table =
        new MountTable(
            this.top.resolve("data"),
            settings,
            new org.peerworks.lib.account.Places(this.top, this.top.resolve("home"), Map.of()));
    resolver = new MountedFileResolver(table);
    mounts = new WorkerMounts(table);
  }

  static Path file(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileAccessException known) {
        throw known;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    resolver.close();
    table.close();
  }

  /** The defaults, as far as a test does not change them. */
  static final class Settings implements FilesConfig {
    final List<String> more = new ArrayList<>();
    String[] lines = {};
    String workingDirectory = "";
    boolean sleapRtc;
    int depth = 5;
    int searchSeconds = 10;
    int answerSeconds = 10;
    int cacheSeconds = 5;
    int searches = 16;
    int entries = 500_000;
    long projectBytes = 1 << 20;

    @Override
    public long maxProjectBytes() {
      return projectBytes;
    }

    @Override
    public int projectSeconds() {
      return 60;
    }

    @Override
    public String[] mounts() {
      return lines;
    }

    @Override
    public String workingDirectory() {
      return workingDirectory;
    }

    @Override
    public boolean sleapRtcConfiguration() {
      return sleapRtc;
    }

    @Override
    public int maxDepth() {
      return depth;
    }

    @Override
    public int searchSeconds() {
      return searchSeconds;
    }

    @Override
    public int answerSeconds() {
      return answerSeconds;
    }

    @Override
    public int cacheSeconds() {
      return cacheSeconds;
    }

    @Override
    public int maxSearches() {
      return searches;
    }

    @Override
    public int maxEntries() {
      return entries;
    }

    @Override
    public int keepDays() {
      return 7;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return FilesConfig.class;
    }
  }
}
