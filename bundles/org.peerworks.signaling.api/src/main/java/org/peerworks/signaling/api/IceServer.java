package org.peerworks.signaling.api;

import java.util.List;

/**
 * A STUN or TURN server that the room's server recommends.
 *
 * @param urls for example {@code stun:stun.example.org:3478}
 * @param username empty if none
 * @param credential empty if none; a secret
 */
public record IceServer(List<String> urls, String username, String credential) {

  public IceServer {
    urls = List.copyOf(urls);
  }
}
