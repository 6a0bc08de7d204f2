/*! SignalR client, (c) .NET Foundation and Contributors, MIT: see signalr.LICENSE.txt */
// What the hub needs of the SignalR client, as a module of its own: it is fetched only where a conversation is open.
export { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
