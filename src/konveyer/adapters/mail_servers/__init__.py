"""Mail servers and name servers, spoken to for mailboxes."""

from konveyer.adapters.mail_servers.names import DnsNames
from konveyer.adapters.mail_servers.sending import SendingServers
from konveyer.adapters.mail_servers.sent import SentLines
from konveyer.adapters.mail_servers.trying import MailServers

__all__ = ["DnsNames", "MailServers", "SendingServers", "SentLines"]
