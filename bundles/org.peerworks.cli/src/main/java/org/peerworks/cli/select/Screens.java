package org.peerworks.cli.select;

import java.io.IOException;
import java.util.Optional;

/** Opens the terminal to draw on. */
@FunctionalInterface
interface Screens {

  /** Empty where the terminal has no cursor keys, or there is none. */
  Optional<Screen> open() throws IOException;
}
