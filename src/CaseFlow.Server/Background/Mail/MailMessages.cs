using CaseFlow.Cases.Messages;
using MimeKit;

namespace CaseFlow.Server.Background.Mail;

/// <summary>Builds the MIME message of a mail.</summary>
internal static class MailMessages
{
    public static MimeMessage Build(OutgoingMail mail, MailboxAddress address, MailOptions options)
    {
        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        foreach (var file in mail.Attachments)
        {
            body.Attachments.Add(file.FileName, file.Content, ContentType.Parse(file.MediaType));
        }

        var message = new MimeMessage
        {
            MessageId = mail.MessageId.Trim('<', '>'),
            Date = mail.Date,
            Subject = mail.Subject,
            Body = body.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(options.FromName, options.FromAddress));
        message.To.Add(new MailboxAddress(mail.ToName, address.Address));

        // Keeps absence notes from being answered back and forth (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
