package org.peerworks.worker;

/** Judges numbers of the configuration. */
final class Settings {

  private Settings() {}

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static int positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "'" + key + "' in org.peerworks.worker.cfg is " + value + "; write 1 or more.");
    }
    return value;
  }
}
