package org.peerworks.signaling.server;

/** A worker of a room, whether it is there or not. */
record RelayedTo(String room, String peer) {

  static RelayedTo of(Registration.Place place) {
    return new RelayedTo(place.room().id(), place.member().id());
  }
}
