package org.peerworks.deploy.drop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.transaction.Deployer;
import org.peerworks.deploy.transaction.Outcome;
import org.peerworks.lib.files.Hashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of the drop folder, and gives each a verdict. One call at a time. */
final class Judge {

  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  private static final String BY = "drop folder";
  private static final String INSTALLED = "installed";

  /** Told of each change that was made or refused. */
  @FunctionalInterface
  interface Listener {
    void onVerdict(String what, boolean good, String words);
  }

  private final Path folder;
  private final Deployer deployer;
  private final Verdicts verdicts;
  private final Settling settling;
  private final Listener listener;
  private final Map<String, Long> missing = new HashMap<>();

  Judge(Path folder, Deployer deployer, Verdicts verdicts, Settling settling, Listener listener) {
    this.folder = folder;
    this.deployer = deployer;
    this.verdicts = verdicts;
    this.settling = settling;
    this.listener = listener;
  }

  /**
   * Judges what has changed.
   *
   * @return whether some files are not settled yet
   */
  boolean look() throws IOException {
    Map<String, Path> present = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !file.getFileName().toString().startsWith(".")) {
          present.put(file.getFileName().toString(), file);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.warn("'{}' is gone; what was installed from it stays", folder);
      return false;
    }
    boolean unsettled = removeMissing(present.keySet());
    Set<Path> open = new HashSet<>();
    for (Path file : present.values()) {
      look(file, open);
    }
    settling.keep(open);
    return unsettled || !open.isEmpty();
  }

  /** A file that is replaced may be missing for a moment. */
  private boolean removeMissing(Set<String> present) throws IOException {
    missing.keySet().removeAll(present);
    long now = System.nanoTime();
    for (Verdict verdict : verdicts.all()) {
      String name = verdict.file();
      if (present.contains(name)) {
        continue;
      }
      long since = missing.computeIfAbsent(name, n -> now);
      if (settling.isStill(now - since)) {
        missing.remove(name);
        remove(verdict);
      }
    }
    return !missing.isEmpty();
  }

  private void look(Path file, Set<Path> open) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return; // gone again
    }
    Optional<Verdict> known = verdicts.of(file.getFileName().toString());
    if (known.isPresent()
        && known.get().size() == attributes.size()
        && known.get().modified() == attributes.lastModifiedTime().toMillis()) {
      return;
    }
    if (settling.isSettled(file, attributes, System.nanoTime())) {
      judge(file, attributes);
    } else {
      open.add(file);
    }
  }

  private void judge(Path file, BasicFileAttributes attributes) throws IOException {
    String sha256 = Hashes.sha256(file);
    boolean good = deployed(bundle -> bundle.sha256().equals(sha256)).isPresent();
    String words = INSTALLED;
    int transaction = 0;
    if (!good) {
      Outcome outcome = deployer.drop(file.toString(), BY);
      good = outcome.isGood();
      words = good && outcome.reason().isEmpty() ? INSTALLED : outcome.reason();
      transaction = outcome.number();
      listener.onVerdict("install " + file.getFileName(), good, words);
    }
    String name =
        deployed(bundle -> bundle.sha256().equals(sha256)).map(DeployedBundle::name).orElse("");
    verdicts.put(verdict(file, attributes, name, sha256, good, words, transaction));
    if (good) {
      LOG.info("'{}': {}", file, words);
    } else {
      LOG.warn("'{}' is not installed: {}", file, words);
    }
  }

  private void remove(Verdict verdict) throws IOException {
    String source = folder.resolve(verdict.file()).toString();
    Optional<DeployedBundle> brought = deployed(bundle -> bundle.source().equals(source));
    if (brought.isPresent()) {
      Outcome outcome = deployer.remove(brought.get().name(), BY, false);
      listener.onVerdict(
          "remove " + brought.get().title() + ", as " + verdict.file() + " was deleted",
          outcome.isGood(),
          outcome.reason());
      if (!outcome.isGood()) {
        LOG.warn("'{}' was deleted, but stays installed: {}", verdict.file(), outcome.reason());
      }
    }
    verdicts.forget(verdict.file());
  }

  private Optional<DeployedBundle> deployed(Predicate<DeployedBundle> filter) {
    return deployer.deployed().bundles().stream().filter(filter).findFirst();
  }

  private static Verdict verdict(
      Path file,
      BasicFileAttributes attributes,
      String name,
      String sha256,
      boolean good,
      String words,
      int transaction) {
    return new Verdict(
        file.getFileName().toString(),
        attributes.size(),
        attributes.lastModifiedTime().toMillis(),
        name,
        sha256,
        good,
        words,
        transaction);
  }
}
