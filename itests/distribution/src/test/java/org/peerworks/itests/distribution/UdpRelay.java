package org.peerworks.itests.distribution;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * The network between two peers: each knows only an address of the relay. When it is cut, it takes
 * what is sent and passes nothing on, and neither side is told.
 */
final class UdpRelay implements AutoCloseable {

  private static final int LARGEST = 1 << 16;
  private static final int BUFFER = 4 << 20;

  private final DatagramChannel towardsClient;
  private final DatagramChannel towardsWorker;
  private volatile SocketAddress client;
  private volatile SocketAddress worker;
  private volatile boolean cut;

  /**
   * @param client where the client listens
   */
  UdpRelay(InetSocketAddress client) throws IOException {
    this.client = client;
    this.towardsClient = bound(client);
    this.towardsWorker = bound(client);
    thread("client", () -> carry(towardsClient, towardsWorker, true));
    thread("worker", () -> carry(towardsWorker, towardsClient, false));
  }

  private static DatagramChannel bound(InetSocketAddress like) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, BUFFER);
    return channel.bind(new InetSocketAddress(like.getAddress(), 0));
  }

  private static void thread(String side, Runnable task) {
    Thread thread = new Thread(task, "relay-of-" + side);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where the client is told that the worker is. */
  int portForClient() throws IOException {
    return ((InetSocketAddress) towardsClient.getLocalAddress()).getPort();
  }

  /** Where the worker is told that the client is. */
  int portForWorker() throws IOException {
    return ((InetSocketAddress) towardsWorker.getLocalAddress()).getPort();
  }

  void worker(InetSocketAddress address) {
    worker = address;
  }

  void cut() {
    cut = true;
  }

  private void carry(DatagramChannel from, DatagramChannel to, boolean ofClient) {
    ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST);
    try {
      while (true) {
        SocketAddress sender = from.receive(packet.clear());
        if (ofClient) {
          client = sender;
        } else {
          worker = sender;
        }
        SocketAddress receiver = ofClient ? worker : client;
        if (!cut && receiver != null) {
          to.send(packet.flip(), receiver);
        }
      }
    } catch (ClosedChannelException e) {
      // The end.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    towardsClient.close();
    towardsWorker.close();
  }
}
