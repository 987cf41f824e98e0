package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.UUID;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;

/** What a registration is proven with (sleap-rtc wire format, {@code register}). */
sealed interface Pass {

  /** Adds the proof to the message. */
  void prove(ObjectNode register);

  /** As {@code Room.credential()} gives it. */
  String credential();

  /** Id of a peer that has chosen none. */
  String id(PeerInfo self);

  /** An anonymous sign-in. */
  record Anonymous(Identity identity) implements Pass {

    @Override
    public void prove(ObjectNode register) {
      register.put("id_token", identity.idToken());
    }

    @Override
    public String credential() {
      return identity.toCredential();
    }

    @Override
    public String id(PeerInfo self) {
      return identity.username();
    }
  }

  /** A login to an account. */
  record Login(Proof.Jwt jwt) implements Pass {

    @Override
    public void prove(ObjectNode register) {
      register.put("jwt", jwt.token());
    }

    @Override
    public String credential() {
      return "";
    }

    @Override
    public String id(PeerInfo self) {
      return random(self);
    }
  }

  /** A worker token or an account key. */
  record Key(Proof.ApiKey key) implements Pass {

    @Override
    public void prove(ObjectNode register) {
      register.put("api_key", key.key());
    }

    @Override
    public String credential() {
      return "";
    }

    @Override
    public String id(PeerInfo self) {
      return random(self);
    }
  }

  /** Says nothing of the key, unlike the ids of the first programs. */
  private static String random(PeerInfo self) {
    return self.role().name().toLowerCase(Locale.ROOT)
        + "-"
        + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }
}
