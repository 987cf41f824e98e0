package org.peerworks.itests.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/** A worker with two mounts, {@code peerworks browse} that shows them, and a browser. */
final class BrowseLab implements AutoCloseable {

  private final Lab lab;
  private final Storage storage;
  private final Chromium chromium;
  private Running worker;
  private Running browse;
  private String session;

  BrowseLab(Path directory) throws Exception {
    lab = new Lab(directory);
    storage = new Storage(directory);
    storage.mountAt(lab);
    Running server = lab.signal();
    if (!server.isAlive()) {
      throw new IllegalStateException(server.transcript());
    }
    startWorker();
    startBrowse();
    chromium = new Chromium(directory.resolve("profile"));
    chromium.grantClipboard("http://127.0.0.1:" + address().getPort());
  }

  Lab lab() {
    return lab;
  }

  Storage storage() {
    return storage;
  }

  Chromium chromium() {
    return chromium;
  }

  Running worker() {
    return worker;
  }

  Running browse() {
    return browse;
  }

  String session() {
    return session;
  }

  void startWorker() throws IOException {
    worker = lab.worker("--name", "gpu-01");
    session = Lab.session(worker);
  }

  void startBrowse(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("browse", "--session_string", session, "--no-browser"));
    Collections.addAll(words, more);
    browse = lab.client(words.toArray(String[]::new));
  }

  /** As the command has printed it. */
  URI address() {
    return URI.create(browse.awaitLine("Look at (http://\\S+)").group(1));
  }

  /** The page in the tab that is in front, loaded anew. */
  FilesPage open() {
    return open("");
  }

  /**
   * @param place what follows the address
   */
  FilesPage open(String place) {
    chromium.driver().get("about:blank");
    chromium.driver().get(address() + place);
    FilesPage page = new FilesPage(chromium.driver());
    page.awaitStatus("Connected");
    return page;
  }

  @Override
  public void close() {
    if (chromium != null) {
      chromium.close();
    }
    try {
      lab.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted", e));
    }
  }
}
