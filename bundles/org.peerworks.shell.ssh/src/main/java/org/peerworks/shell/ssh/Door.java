package org.peerworks.shell.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.shell.api.Role;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SSH server: public keys and nothing else, sessions and nothing else. There is no forwarding
 * of ports, agents or displays, and there are no subsystems, so neither SFTP.
 */
final class Door implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final AttributeKey<ShellUser> USER = new AttributeKey<>();
  private static final int WORKERS = 2;
  private static final int CHANNELS = 8;

  private final SshServer server;
  private final Path address;

  private Door(SshServer server, Path address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Opens it.
   *
   * @param data directory: {@code keys/authorized_users} says who may come in; {@code
   *     keys/shell_local} is a key for administrators on this machine, {@code shell-address} says
   *     where the door is
   */
  static Door open(
      Path data, String host, int port, Limits limits, Shell shell, Strangers strangers)
      throws IOException {
    Path keys = data.resolve("keys");
    var hostKey = KeyFile.of(keys.resolve("shell_host_key"), "peerworks-worker");
    var localKey = KeyFile.of(keys.resolve("shell_local"), "peerworks-local");
    Users users =
        new Users(
            keys.resolve("authorized_users"),
            new Users.User(
                Role.ADMINISTRATOR,
                "local/" + System.getProperty("user.name"),
                localKey.getPublic()));
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost(host);
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(
        (name, key, session) -> authenticate(users, name, key, session));
    server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
    server.setGlobalRequestHandlers(
        List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setSubsystemFactories(List.of());
    server.setCommandFactory(
        (channel, line) -> new LineCommand(shell, channel.getSession().getAttribute(USER), line));
    server.setShellFactory(
        channel -> new InteractiveCommand(shell, channel.getSession().getAttribute(USER)));
    limit(server, limits);
    server.addSessionListener(new Gatekeeper(server, limits, strangers, USER));
    try {
      server.start();
      Door door = new Door(server, data.resolve("shell-address"));
      int bound = server.getPort();
      AtomicFiles.write(
          keys.resolve("shell_known_hosts"),
          ("peerworks-local " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n")
              .getBytes(StandardCharsets.UTF_8));
      AtomicFiles.write(door.address, (host + " " + bound + "\n").getBytes(StandardCharsets.UTF_8));
      LOG.info(
          "The shell listens for SSH on '{}' port {}; host key {}",
          host,
          bound,
          KeyUtils.getFingerPrint(hostKey.getPublic()));
      return door;
    } catch (IOException e) {
      server.stop(true);
      throw e;
    }
  }

  private static void limit(SshServer server, Limits limits) {
    // A command is some small messages back and forth; each would wait for the other side's.
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.NIO_WORKERS.set(server, WORKERS);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.authTries());
    CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ofSeconds(limits.authSeconds()));
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofMinutes(limits.idleMinutes()));
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(
        server, Duration.ofMinutes(limits.idleMinutes() + 1L));
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Peerworks");
  }

  /** Asked for a key that is offered, and again when its owner has signed with it. */
  private static boolean authenticate(
      Users users, String name, PublicKey key, ServerSession session) {
    if (session.isAuthenticated()) {
      return false; // Who has come in stays who they are.
    }
    Optional<Users.User> user = users.of(key);
    session.setAttribute(Gatekeeper.NAME, name);
    session.setAttribute(Gatekeeper.TRIED, KeyUtils.getFingerPrint(key));
    user.ifPresent(
        known ->
            session.setAttribute(
                USER,
                new ShellUser(
                    known.name(), known.role(), "ssh " + where(session.getClientAddress()))));
    return user.isPresent();
  }

  static String where(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : String.valueOf(address);
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(address);
    server.stop(true);
  }
}
