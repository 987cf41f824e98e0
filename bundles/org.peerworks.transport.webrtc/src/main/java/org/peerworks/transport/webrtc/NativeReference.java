package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import java.lang.reflect.Field;

/**
 * The reference that webrtc-java holds on a native peer connection and never gives back. With it
 * would stay the connection, its factory's engine, its audio module and a thread of each.
 */
final class NativeReference extends RefCountedObject {

  NativeReference(RTCPeerConnection connection) {
    try {
      Field handle = NativeObject.class.getDeclaredField("nativeHandle");
      handle.setAccessible(true);
      handle.setLong(this, handle.getLong(connection));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of webrtc-java is not the expected one", e);
    }
  }
}
