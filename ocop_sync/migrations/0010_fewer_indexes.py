
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ocop_sync', '0009_read_as'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sourceschedule',
            name='available_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='stagedrecord',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='staged', to='ocop_sync.run'),
        ),
    ]
