package org.peerworks.cli.connect;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;

/** Connections to a worker that answers to {@code submit} only. */
public final class ConnectionAccess {

  private ConnectionAccess() {}

  /**
   * @param answer what {@code submit} returns
   */
  public static Connection answering(CompletableFuture<?> answer) {
    CompletableFuture<String> open = new CompletableFuture<>();
    Jobs jobs = of(Jobs.class, Map.of("submit", answer));
    return new Connection(
        of(RemoteWorker.class, Map.of("closed", open, "jobs", jobs)),
        new PeerInfo("gpu-1", Role.WORKER, List.of(), Map.of()),
        () -> {});
  }

  private static <T> T of(Class<T> type, Map<String, Object> answers) {
    InvocationHandler handler = (proxy, method, arguments) -> answers.get(method.getName());
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
