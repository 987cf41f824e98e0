package org.peerworks.signaling.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Hashtable;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.signaling.api.ServerAddress;

/**
 * Runs a signalling server where one is configured, and registers its {@link ServerAddress} as a
 * service while it listens.
 */
@Component(
    service = SignalingServerComponent.class,
    immediate = true,
    configurationPid = "org.peerworks.signaling.server",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SignalingServerComponent.Config.class)
public final class SignalingServerComponent {

  @ObjectClassDefinition(name = "Signalling server", description = "Rooms where peers meet")
  @interface Config {
    @AttributeDefinition(description = "Address to listen on; 0.0.0.0 for all of this machine")
    String host() default "127.0.0.1";

    @AttributeDefinition(
        description = "Port for messages; 0 for any free one",
        min = "0",
        max = "65535")
    int webSocketPort() default 8080;

    @AttributeDefinition(
        description = "Port for calls; 0 for any free one",
        min = "0",
        max = "65535")
    int httpPort() default 8001;

    @AttributeDefinition(
        description =
            "Addresses or networks of TLS proxies in front, with commas between; what they say of a caller's address (X-Forwarded-For) counts. 'none' for none")
    String trustedProxies() default "none";

    @AttributeDefinition(
        description = "Days that a room without any worker is kept",
        min = "1",
        max = "36500")
    int roomDays() default 30;

    @AttributeDefinition(
        description = "Most connections at the same time",
        min = "1",
        max = "100000")
    int maxConnections() default 2048;

    @AttributeDefinition(
        description = "Most connections from one address at the same time",
        min = "1",
        max = "100000")
    int maxConnectionsPerAddress() default 512;

    @AttributeDefinition(description = "Longest message, in bytes", min = "16384", max = "1048576")
    int maxMessageBytes() default 262144;

    @AttributeDefinition(
        description = "Longest description of one peer, in characters of JSON",
        min = "1024",
        max = "65536")
    int maxMetadataCharacters() default 8192;

    @AttributeDefinition(
        description = "Most that waits for a slow reader before it is disconnected, in characters",
        min = "32768",
        max = "268435456")
    int maxQueueCharacters() default 4194304;

    @AttributeDefinition(description = "Most rooms", min = "1", max = "1000000")
    int maxRooms() default 10000;

    @AttributeDefinition(
        description = "Most rooms that one signed-in name may have",
        min = "1",
        max = "1000000")
    int maxRoomsPerOwner() default 16;

    @AttributeDefinition(
        description = "Most peers in one room at the same time",
        min = "2",
        max = "10000")
    int maxPeersPerRoom() default 256;

    @AttributeDefinition(
        description = "Most peer ids that one room remembers, with their owners",
        min = "2",
        max = "100000")
    int maxIdsPerRoom() default 1024;

    @AttributeDefinition(
        description = "Most of these that one signed-in name may have",
        min = "1",
        max = "100000")
    int maxIdsPerName() default 64;

    @AttributeDefinition(description = "Whether people may sign in and make rooms anonymously")
    boolean anonymousSignIn() default true;

    @AttributeDefinition(description = "Whether an invite code is enough to make an account")
    boolean inviteAccounts() default true;

    @AttributeDefinition(description = "Most accounts", min = "1", max = "100000")
    int maxUsers() default 10000;

    @AttributeDefinition(
        description = "Most account keys, and most public keys, of one account",
        min = "1",
        max = "1000")
    int maxKeysPerUser() default 16;

    @AttributeDefinition(
        description = "Most accounts that are members of one room",
        min = "1",
        max = "10000")
    int maxMembersPerRoom() default 256;

    @AttributeDefinition(description = "Most worker tokens of one room", min = "1", max = "10000")
    int maxTokensPerRoom() default 64;

    @AttributeDefinition(
        description = "Tries of a password, and of an invite code, per minute from one address",
        min = "1",
        max = "10000")
    int loginsPerMinute() default 10;

    @AttributeDefinition(
        description =
            "Sign-ins per minute from one address; other calls and registrations: ten times as many",
        min = "1",
        max = "1000000")
    int signInsPerMinute() default 60;

    @AttributeDefinition(
        description = "Messages and pings per second from one peer, ten seconds' worth at once",
        min = "1",
        max = "10000")
    int messagesPerSecond() default 50;

    @AttributeDefinition(
        description = "How long a connection may stay without a registration, in seconds",
        min = "1",
        max = "600")
    int registerSeconds() default 20;

    @AttributeDefinition(
        description = "Time between two pings to each peer, in seconds",
        min = "1",
        max = "3600")
    int pingSeconds() default 30;

    @AttributeDefinition(
        description = "After how long a peer that is not heard of is taken for dead, in seconds",
        min = "2",
        max = "7200")
    int silenceSeconds() default 90;
  }

  private final SignalingServer server;
  private final ServiceRegistration<ServerAddress> registration;

  @Activate
  public SignalingServerComponent(BundleContext context, Config config) throws IOException {
    String data =
        Objects.requireNonNull(
            context.getProperty("peerworks.data"),
            "The framework property 'peerworks.data' must name the data directory.");
    String version = Objects.requireNonNullElse(context.getProperty("peerworks.version"), "");
    server =
        SignalingServer.start(
            Configured.settings(config, Path.of(data), version), Clock.systemUTC());
    registration =
        context.registerService(ServerAddress.class, server.address(), new Hashtable<>());
  }

  Administration administration() {
    return server.administration();
  }

  @Deactivate
  void stop() {
    registration.unregister();
    server.close();
  }
}
