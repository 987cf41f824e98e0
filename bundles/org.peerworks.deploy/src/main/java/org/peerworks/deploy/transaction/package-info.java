/** Transactions: from what somebody asked for to what is deployed, or back. */
package org.peerworks.deploy.transaction;
