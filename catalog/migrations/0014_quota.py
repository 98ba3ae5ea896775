from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_livestreams")]

    operations = [
        migrations.RemoveConstraint(model_name="reportquota", name="report_quota_hour"),
        migrations.RenameModel(old_name="ReportQuota", new_name="Quota"),
        migrations.AddConstraint(
            model_name="quota", constraint=models.UniqueConstraint(fields=("key", "hour"), name="quota_hour")
        ),
    ]
