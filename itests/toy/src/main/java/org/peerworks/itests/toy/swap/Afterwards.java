package org.peerworks.itests.toy.swap;

/** Is not loaded before the first program of a job has ended. */
final class Afterwards {

  private final String version;

  Afterwards(String version) {
    this.version = version;
  }

  String document() {
    return "{\"doneBy\":\"" + version + "\"}";
  }
}
