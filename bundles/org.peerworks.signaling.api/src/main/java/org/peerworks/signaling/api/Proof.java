package org.peerworks.signaling.api;

import java.util.Optional;

/** What shows a signalling server who a peer is. */
public sealed interface Proof {

  /** Nobody in particular, to be recognised later; such a peer needs the room's token. */
  Proof ANONYMOUS = new Anonymous(Optional.empty());

  /**
   * An anonymous sign-in.
   *
   * @param credential as an earlier {@link Room#credential()} gave it, so that this peer may take
   *     the same id again; empty for a new identity. A secret
   */
  record Anonymous(Optional<String> credential) implements Proof {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Anonymous[known=" + credential.isPresent() + "]";
    }
  }

  /**
   * A login to an account; needs the room's id, and the account must be a member of that room.
   *
   * @param token JSON Web Token of the login; a secret
   */
  record Jwt(String token) implements Proof {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Jwt[]";
    }
  }

  /**
   * A key: either a worker token of one room, {@code slp_…}, which says by itself which room; or an
   * account key, {@code slp_acct_…}, which needs the room's id, and the account must be a member of
   * that room.
   *
   * @param key a secret
   */
  record ApiKey(String key) implements Proof {

    private static final String OF_ACCOUNT = "slp_acct_";

    /** Whether this is the key of an account, and not of one room. */
    public boolean ofAccount() {
      return key.startsWith(OF_ACCOUNT);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "ApiKey[ofAccount=" + ofAccount() + "]";
    }
  }
}
