package org.peerworks.cli.connect;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.RemoteWorker;

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
        of(RemoteWorker.class, Map.of("closed", open, "jobs", jobs)), "gpu-1", () -> {});
  }

  private static <T> T of(Class<T> type, Map<String, Object> answers) {
    InvocationHandler handler = (proxy, method, arguments) -> answers.get(method.getName());
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
