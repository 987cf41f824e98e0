package org.peerworks.itests.distribution;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.client.PeerSignaling;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.webrtc.WebRtcTransport;

/** Signalling and WebRTC in this process, with no framework around them. */
final class Radio implements AutoCloseable {

  private final ServerAddress server;
  private final SessionString session;
  private final PeerSignaling signaling = new PeerSignaling();
  private final Transport transport;

  /**
   * @param directory for the native library
   */
  Radio(Path directory, ServerAddress server, String session) throws Exception {
    this.server = server;
    this.session = SessionString.decode(session);
    this.transport = transport(Files.createDirectories(directory));
  }

  /** A peer of its own each time. */
  Peer connect() throws Exception {
    PeerInfo self = new PeerInfo("", Role.CLIENT, List.of(), Map.of());
    Room room =
        get(
            signaling.join(
                new JoinRequest(
                    server,
                    Optional.of(session.roomId()),
                    Optional.of(session.token()),
                    self,
                    Optional.empty(),
                    false)));
    Peer peer = get(transport.connect(room, session.peerId()));
    peer.closed().whenComplete((reason, failure) -> room.close());
    return peer;
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** As the framework makes it, with the default configuration. */
  private static Transport transport(Path directory) throws ReflectiveOperationException {
    String framework = UUID.randomUUID().toString();
    Object context =
        proxy(
            BundleContext.class,
            method ->
                switch (method.getName()) {
                  case "getDataFile" -> directory.toFile();
                  case "getProperty" -> framework;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    Constructor<?> constructor = WebRtcTransport.class.getConstructors()[0];
    Object config = proxy(constructor.getParameterTypes()[1], Method::getDefaultValue);
    return (Transport) constructor.newInstance(context, config);
  }

  private static Object proxy(Class<?> type, java.util.function.Function<Method, Object> answer) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answer.apply(method));
  }

  @Override
  public void close() {
    signaling.stop();
    try {
      Method close = WebRtcTransport.class.getDeclaredMethod("close");
      close.setAccessible(true);
      close.invoke(transport);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("The transport could not be ended.", e);
    }
  }
}
