/** Figures of a worker, and the page that has them. */
package org.peerworks.health.metrics;
