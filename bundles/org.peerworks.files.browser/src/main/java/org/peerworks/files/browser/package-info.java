/** The page of {@code peerworks browse}, and the HTTP and WebSocket server behind it. */
package org.peerworks.files.browser;
