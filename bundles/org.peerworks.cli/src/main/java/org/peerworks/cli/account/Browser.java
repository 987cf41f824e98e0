package org.peerworks.cli.account;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;

/** Opens a page in the user's browser. */
@FunctionalInterface
public interface Browser {

  /**
   * Opens it if that is possible; nobody waits for it.
   *
   * @return whether there is a program that does it
   */
  boolean open(URI page);

  /** The desktop's own way; the address is an argument, never read by a shell. */
  static Browser ofDesktop() {
    return page -> {
      boolean mac = System.getProperty("os.name", "").startsWith("Mac");
      try {
        new ProcessBuilder(List.of(mac ? "open" : "xdg-open", page.toASCIIString()))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException e) {
        return false;
      }
    };
  }
}
