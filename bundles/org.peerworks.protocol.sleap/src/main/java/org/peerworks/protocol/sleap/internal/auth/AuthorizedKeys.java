package org.peerworks.protocol.sleap.internal.auth;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The keys of those who may use a worker. Thread-safe. */
@FunctionalInterface
public interface AuthorizedKeys {

  /**
   * @return raw Ed25519 public keys of 32 bytes; fails if they cannot be had now
   */
  CompletionStage<List<byte[]>> fetch();
}
