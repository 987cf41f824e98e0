package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad bundles are refused or rolled back, each with its verdict, while jobs are served. */
class BadBundlesIT {

  private static final String TOY = System.getProperty("peerworks.toy");

  @TempDir Path directory;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger served = new AtomicInteger();
  private Worker worker;

  private void start(String signatures) throws Exception {
    worker =
        Worker.start(
            directory.resolve("data-" + signatures),
            Map.of(
                "org.peerworks.deploy",
                Map.of(
                    "signatures",
                    signatures,
                    "callSeconds",
                    "2",
                    "healthSeconds",
                    "2",
                    "maxMegabytes",
                    "1")));
    worker.awaitShell("job:types", "train");
  }

  @AfterEach
  void stop() {
    System.setProperty(Bad.END, "true");
    try {
      worker.close();
    } finally {
      System.clearProperty(Bad.END);
    }
  }

  @Test
  void eachIsRefusedOrRolledBackWithItsReasonWhileJobsAreServed() throws Exception {
    start("warn");
    worker.shell("bundle:install " + TOY);
    worker.awaitShell("job:types", "shout");
    CompletableFuture<Void> jobs = CompletableFuture.runAsync(this::serve);

    Path good = Jars.bundle(jar("good"), "good", Map.of(), "");
    worker.shell("bundle:install " + good);
    byte[] whole = Files.readAllBytes(good);
    isBad("truncated", Files.write(jar("truncated"), Arrays.copyOf(whole, 200)), "no whole jar");
    isBad("tampered", tampered(whole), "no whole jar");
    isBad(
        "unresolvable",
        Jars.bundle(jar("b"), "unresolvable", Map.of("Import-Package", "com.example.gone"), ""),
        "needs package com.example.gone; nobody offers it");
    isBad(
        "throwing",
        Jars.bundle(jar("c"), "throwing", Map.of(), "", Bad.Throws.class),
        "The licence has expired");
    isBad(
        "hanging",
        Jars.bundle(jar("d"), "hanging", Map.of(), "", Bad.Hangs.class, Bad.class),
        "did not end within 2 s");
    isBad(
        "waiting",
        Jars.bundle(
            jar("e"),
            "waiting",
            Map.of(),
            "<reference name=\"order\" interface=\"java.util.Comparator\" bind=\"bind\"/>",
            Bad.Waits.class),
        "waits for a service 'java.util.Comparator' (its reference 'order')");
    isBad(
        "leaking",
        Jars.bundle(jar("f"), "leaking", Map.of(), "", Bad.Leaks.class, Bad.class),
        "leaves 1 thread behind: 'heartbeat-of-nobody'");
    isBad(
        "good",
        Jars.bundle(jar("g"), "good", Map.of("Changed", "yes"), ""),
        "is already installed with other content");
    Path huge = jar("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(20L << 20);
    }
    isBad("huge", huge, "maxMegabytes");

    int before = served.get();
    worker.awaitShell("job:types", "shout");
    enough.set(true);
    jobs.join();
    assertThat(served.get()).as("jobs served").isGreaterThan(3).isGreaterThanOrEqualTo(before);
    assertThat(worker.bundles())
        .extracting(bundle -> String.valueOf(bundle.getSymbolicName()))
        .doesNotContain("throwing", "waiting", "leaking", "unresolvable");
  }

  @Test
  void anUnsignedOneIsRefusedWhereSignaturesAreRequired() throws Exception {
    start("require");
    assertThatThrownBy(() -> worker.shell("bundle:install " + TOY))
        .hasMessageContaining("is not signed as a whole")
        .hasMessageContaining("keys/trusted");
  }

  /** Both who installs is told, and who asks afterwards. */
  private void isBad(String name, Path jar, String reason) throws Exception {
    assertThatThrownBy(() -> worker.shell("bundle:install " + jar))
        .as(name)
        .hasMessageContaining(reason);
    assertThat(worker.shell("deploy:diag " + (name.equals("good") ? name : jar.getFileName())))
        .as(name)
        .contains(reason);
  }

  private void serve() {
    try {
      while (!enough.get()) {
        String shown = worker.shell("job:submit shout '{\"text\": \"hello\"}'");
        String id = shown.replaceAll("(?s).*id=([^,\\]]+).*", "$1");
        worker.awaitShell("job:show " + id, "SUCCEEDED");
        served.incrementAndGet();
      }
    } catch (Exception e) {
      throw new AssertionError("A job was not served", e);
    }
  }

  private Path tampered(byte[] whole) throws Exception {
    byte[] content = whole.clone();
    content[60] ^= 0x55;
    return Files.write(jar("tampered"), content);
  }

  private Path jar(String name) {
    return directory.resolve(name + ".jar");
  }
}
