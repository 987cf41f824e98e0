package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.JarStore;
import org.peerworks.deploy.verify.BundleFile;
import org.peerworks.deploy.verify.Verifier;
import org.peerworks.lib.files.FileTrees;

/** The files of one transaction on their way in; what is not kept is deleted. */
final class Intake implements AutoCloseable {

  private final JarStore jars;
  private final Verifier verifier;
  private final Fetcher fetcher;
  private final List<BundleFile> taken = new ArrayList<>();
  private Path directory;

  Intake(JarStore jars, Verifier verifier, Fetcher fetcher) {
    this.jars = jars;
    this.verifier = verifier;
    this.fetcher = fetcher;
  }

  /** Brings a jar and looks at it. */
  BundleFile bundle(String source, Optional<String> sha256) throws RefusedException, IOException {
    BundleFile bundle = verifier.verify(file(source), source, sha256);
    taken.add(bundle);
    return bundle;
  }

  /** Brings a file as it is. */
  Path file(String source) throws RefusedException, IOException {
    if (directory == null) {
      directory = jars.newIncoming();
    }
    Path file = directory.resolve("file-" + taken.size() + "-" + System.nanoTime());
    fetcher.fetch(source, file);
    return file;
  }

  /** What to tell of the jars, though they are fine. */
  List<String> warnings() {
    return taken.stream().map(BundleFile::warning).filter(warning -> !warning.isEmpty()).toList();
  }

  /** Puts the jars where bundles are started from. */
  void keep() throws IOException {
    for (BundleFile bundle : taken) {
      jars.add(bundle.file(), bundle.sha256());
    }
  }

  @Override
  public void close() throws IOException {
    if (directory != null) {
      FileTrees.delete(directory);
    }
  }
}
