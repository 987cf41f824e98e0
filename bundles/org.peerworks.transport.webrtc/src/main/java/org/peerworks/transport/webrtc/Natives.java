package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import org.peerworks.transport.api.ChannelOptions;

/**
 * The native objects of one connection. It has a factory of its own, since every message that is
 * received leaks memory that only the end of the factory's threads gives back. Used by one thread.
 */
final class Natives {

  /** A stream that no side gives to a channel by itself; the last that libwebrtc has. */
  private static final int CONTROL_STREAM = 1023;

  private final HeadlessAudioDeviceModule audio;
  private final PeerConnectionFactory factory;
  private final RTCPeerConnection connection;

  Natives(RTCConfiguration configuration, PeerCallbacks callbacks) {
    audio = new HeadlessAudioDeviceModule();
    factory = new PeerConnectionFactory(audio);
    RTCPeerConnection made = null;
    try {
      made = factory.createPeerConnection(configuration, callbacks);
    } finally {
      if (made == null) {
        factory.dispose();
        audio.dispose();
      }
    }
    connection = made;
  }

  RTCPeerConnection connection() {
    return connection;
  }

  /**
   * The channel that makes this side offer data channels at all. It opens when the association is
   * up and closes when it is gone; nothing is ever sent on it, and the other side, which need not
   * have it, is told nothing of it.
   */
  RTCDataChannel control() {
    RTCDataChannelInit init = new RTCDataChannelInit();
    init.negotiated = true;
    init.id = CONTROL_STREAM;
    return connection.createDataChannel("control", init);
  }

  RTCDataChannel channel(String label, ChannelOptions options) {
    RTCDataChannelInit init = new RTCDataChannelInit();
    init.ordered = options.ordered();
    init.protocol = options.protocol();
    return connection.createDataChannel(label, init);
  }

  /** After all channels. */
  void dispose() {
    NativeReference reference = new NativeReference(connection);
    connection.close();
    reference.release();
    factory.dispose();
    audio.dispose();
  }
}
