package org.peerworks.cli.connect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The services that commands need; they may come later than the command, and go. */
public interface Services {

  /**
   * Waits for a service.
   *
   * @param filter OSGi filter; empty for none
   * @return empty if there is none in time
   */
  <T> Optional<T> await(Class<T> type, String filter, Duration atMost) throws InterruptedException;

  /**
   * The services that are there now.
   *
   * @param nameProperty service property that holds their names
   */
  <T> List<Named<T>> all(Class<T> type, String nameProperty);

  /**
   * A service by its name.
   *
   * @param preference of a transport, as {@code Transport.PREFERENCE} has it; else 0
   */
  record Named<T>(String name, int preference, T service) {

    /** Without preference. */
    public Named(String name, T service) {
      this(name, 0, service);
    }
  }
}
