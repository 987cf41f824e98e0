package org.peerworks.worker;

import java.lang.annotation.Annotation;

/** A configuration as Declarative Services would hand it over. */
@SuppressWarnings("ClassExplicitlyAnnotation")
record TestConfig(
    String serverWebSocket,
    String serverHttp,
    String room,
    String token,
    String key,
    String keyFile,
    String name,
    int maxPeers,
    int maxPeerChannels,
    int channelTimeoutSeconds)
    implements WorkerRoom.Config {

  static final TestConfig DEFAULT =
      new TestConfig(
          "ws://127.0.0.1:8080", "http://127.0.0.1:8001", "", "", "", "", "gpubox", 2, 16, 600);

  TestConfig withServer(String webSocket, String http) {
    return new TestConfig(
        webSocket,
        http,
        room,
        token,
        key,
        keyFile,
        name,
        maxPeers,
        maxPeerChannels,
        channelTimeoutSeconds);
  }

  TestConfig withRoom(String id, String secret) {
    return new TestConfig(
        serverWebSocket,
        serverHttp,
        id,
        secret,
        key,
        keyFile,
        name,
        maxPeers,
        maxPeerChannels,
        channelTimeoutSeconds);
  }

  TestConfig withKey(String id, String secret, String file) {
    return new TestConfig(
        serverWebSocket,
        serverHttp,
        id,
        token,
        secret,
        file,
        name,
        maxPeers,
        maxPeerChannels,
        channelTimeoutSeconds);
  }

  TestConfig withPeers(int most, int seconds) {
    return new TestConfig(
        serverWebSocket,
        serverHttp,
        room,
        token,
        key,
        keyFile,
        name,
        most,
        maxPeerChannels,
        seconds);
  }

  TestConfig withChannels(int most) {
    return new TestConfig(
        serverWebSocket, serverHttp, room, token, key, keyFile, name, maxPeers, most, 600);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return WorkerRoom.Config.class;
  }
}
