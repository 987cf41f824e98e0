/** How far a worker has come since its start. */
package org.peerworks.health.ready;
