package org.peerworks.transport.api;

/**
 * What has passed over a connection.
 *
 * @param messagesSent messages handed to the network
 * @param bytesSent their payload
 * @param messagesReceived messages delivered
 * @param bytesReceived their payload
 * @param bytesWaiting accepted for sending, not yet handed to the network
 */
public record Traffic(
    long messagesSent,
    long bytesSent,
    long messagesReceived,
    long bytesReceived,
    long bytesWaiting) {}
